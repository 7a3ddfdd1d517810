import { type Html, html } from '../../../shared/kernel/html.ts';

/** Where a sentence has the name that this browser keeps. */
export const NAME_HERE = html`<b data-name dir="auto"></b>`;

/**
 * Says as whom this browser answers, where several people may share one. The script puts the name in, which it keeps itself: the server
 * is not told who reads this.
 *
 * @param sentence with `NAME_HERE` in it
 */
export const answersAs = (sentence: Html, hint: string): Html => html`<div class="note" role="status" data-as hidden>
<p>${sentence}</p>
<p class="hint">${hint}</p>
</div>
`;
