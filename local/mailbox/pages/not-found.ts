import { type Html, html } from '../../../shared/kernel/html.ts';
import { layout } from './layout.ts';

export const notFoundPage = (): Html =>
  layout('Not found - Mailbox', html`<h1>There is no such message</h1><p><a href="/">All messages</a></p>`);
