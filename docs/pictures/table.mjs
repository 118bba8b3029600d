// Draws the decision table of each model as the Modeler shows it: table.mjs <model.dmn>:<picture.png> ...
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

// npx puts the programs of its packages first into PATH; the packages are beside them.
const programs = process.env.PATH.split(delimiter).find((folder) => folder.includes('_npx'));
const require = createRequire(join(dirname(programs), 'table.mjs'));
const puppeteer = require('puppeteer');
const viewer = dirname(require.resolve('dmn-js/package.json'));

const browser = await puppeteer.launch({ executablePath: process.env.PUPPETEER_EXECUTABLE_PATH });
for (const conversion of process.argv.slice(2)) {
  const [model, picture] = conversion.split(':');
  const page = await browser.newPage();
  await page.setViewport({ width: 1600, height: 1200 });
  await page.setContent('<body style="margin: 0; background: white"><div id="table"></div></body>');
  for (const style of ['dmn-js-shared', 'dmn-js-decision-table', 'dmn-js-decision-table-controls', 'dmn-font/css/dmn-embedded']) {
    await page.addStyleTag({ content: readFileSync(join(viewer, 'dist/assets', `${style}.css`), 'utf8') });
  }
  await page.addStyleTag({ content: '.view-drd, .annotation { display: none !important; } #table { display: inline-block; }' });
  await page.addScriptTag({ path: join(viewer, 'dist/dmn-viewer.production.min.js') });
  await page.evaluate(async (xml) => {
    const shown = new window.DmnJS({ container: '#table' });
    await shown.importXML(xml);
    await shown.open(shown.getViews().find((view) => view.type === 'decisionTable'));
  }, readFileSync(model, 'utf8'));
  const bottom = await page.$eval('.tjs-table', (rows) => rows.getBoundingClientRect().bottom);
  await page.setViewport({ width: 1600, height: Math.ceil(bottom) + 50 });
  const table = await page.$('.dmn-decision-table-container');
  await table.screenshot({ path: picture });
  console.log(`writing ${picture}`);
  await page.close();
}
await browser.close();
