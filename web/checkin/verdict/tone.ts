/** What staff do, before they read anything: let pass, ask, or keep out. Each has its colour, sign, sound and vibration. */
export type Tone = 'go' | 'ask' | 'stop';
