// Bars with dsfr-chart: its tag, its script, its sheet.
import '@gouvfr/dsfr-chart';
import '@gouvfr/dsfr-chart/css';

globalThis.bars = (host, rows) => {
  const tag = document.createElement('bar-chart');
  tag.setAttribute('x', JSON.stringify([rows.map(([name]) => name)]));
  tag.setAttribute('y', JSON.stringify([rows.map(([, value]) => value)]));
  tag.setAttribute('horizontal', 'true');
  host.append(tag);
};
