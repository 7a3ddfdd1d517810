import accessibility from './accessibility.json' with { type: 'json' };
import paper from './paper.json' with { type: 'json' };
import privacy from './privacy.json' with { type: 'json' };
import youth from './youth.json' with { type: 'json' };

export const notices = { ...privacy, ...youth, ...accessibility, ...paper };
