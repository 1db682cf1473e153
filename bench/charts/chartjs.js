// Bars with Chart.js, as its documentation would have them for a small file.
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);
globalThis.bars = (host, rows) => {
  const canvas = host.appendChild(document.createElement('canvas'));
  const data = { labels: rows.map(([name]) => name), datasets: [{ label: 'population', data: rows.map(([, value]) => value) }] };
  new Chart(canvas, { type: 'bar', data, options: { animation: false, indexAxis: 'y', maintainAspectRatio: false } });
};
