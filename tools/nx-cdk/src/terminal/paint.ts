import { styleText } from 'node:util';

/** How something is shown. Nothing is told by it alone: a terminal without colours shows the same words. */
export type Style = 'bold' | 'dim' | 'red';

/** Gives text a style. */
export type Paint = (style: Style, text: string) => string;

/** For terminals without colours. */
export const noPaint: Paint = (_style, text) => text;

/** For all others. It is not asked about the standard output, which is not where the text goes. */
export const ansiPaint: Paint = (style, text) => styleText(style, text, { validateStream: false });
