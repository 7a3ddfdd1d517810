import type { Block, Fact, FooterLine, Layout } from './content.ts';

/** A message as plain text. Lines are as long as their paragraphs: screens, not we, know where to break them. */
export function letterText({ context, title, blocks, footer }: Layout): string {
  const pieces = [context, title, ...blocks.map(blockText), '--', ...footer.map(footerText)];
  return `${pieces.filter((piece) => piece !== undefined).join('\n\n')}\n`;
}

function blockText(block: Block): string | undefined {
  switch (block.kind) {
    case 'heading':
      return `* ${block.text} *`;
    case 'paragraph':
    case 'code':
      return block.text;
    case 'facts':
      return block.facts.map(factText).join('\n');
    case 'button':
    case 'link':
      return `${block.label}:\n${block.url}`;
    case 'mailto':
      return block.address;
    case 'picture':
      return undefined;
  }
}

const footerText = ({ text, links }: FooterLine): string => [text, ...links.map(({ label }) => label)].join('\n');

function factText({ label, lines }: Fact): string {
  return lines.length === 1 ? `${label}: ${lines[0]}` : [`${label}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
