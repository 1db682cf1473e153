// Bars with Vega-Lite through vega-embed.
import embed from 'vega-embed';

globalThis.bars = (host, rows) => embed(host, {
  width: 480,
  height: 360,
  data: { values: rows.map(([commune, population]) => ({ commune, population })) },
  mark: { type: 'bar', tooltip: true },
  encoding: { y: { field: 'commune', type: 'nominal', sort: '-x' }, x: { field: 'population', type: 'quantitative' } },
}, { actions: false });
