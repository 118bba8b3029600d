// Gives a drawn picture a white background and a margin, so that it can be read in dark mode as well.
import { readFileSync, writeFileSync } from 'node:fs';

const MARGIN = 20;
const [input, output] = process.argv.slice(2);

const svg = readFileSync(input, 'utf8');
const opening = svg.match(/<svg [^>]*viewBox="([^"]+)"[^>]*>/);
if (!opening) {
  throw new Error(`${input} has no viewBox`);
}
const [x, y, width, height] = opening[1].split(' ').map(Number);
const box = [x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN].map(Math.round);

const framed = svg
  .replace(/<!DOCTYPE[^>]*>\s*/, '')
  .replace(
    opening[0],
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
      + `width="${box[2]}" height="${box[3]}" viewBox="${box.join(' ')}">`
      + `<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" style="fill: white; stroke: none;"/>`
  )
  .replace(/\s+$/gm, '');
writeFileSync(output, framed + '\n');
