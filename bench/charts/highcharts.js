// Bars with Highcharts and its accessibility module.
import Highcharts from 'highcharts';
import 'highcharts/modules/accessibility';

globalThis.bars = (host, rows) => {
  Highcharts.chart(host, {
    chart: { type: 'bar', animation: false },
    title: { text: 'Population des communes' },
    xAxis: { categories: rows.map(([name]) => name) },
    plotOptions: { series: { animation: false } },
    series: [{ name: 'population', data: rows.map(([, value]) => value) }],
  });
};
