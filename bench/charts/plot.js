// Bars with Observable Plot, the marks that it takes and no more.
import { barX, plot } from '@observablehq/plot';

globalThis.bars = (host, rows) => {
  const marks = [barX(rows, { x: '1', y: '0', sort: { y: '-x' }, tip: true })];
  host.append(plot({ width: 640, height: 400, marginLeft: 140, marks }));
};
