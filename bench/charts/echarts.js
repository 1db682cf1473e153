// Bars and points with ECharts, the parts that they need.
import { BarChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, ScatterChart, AriaComponent, GridComponent, TooltipComponent, CanvasRenderer]);
globalThis.bars = (host, rows) => {
  init(host).setOption({
    animation: false,
    aria: { enabled: true },
    tooltip: {},
    xAxis: {},
    yAxis: { type: 'category', data: rows.map(([name]) => name) },
    series: [{ type: 'bar', data: rows.map(([, value]) => value) }],
  });
};
globalThis.points = (host, xs, ys) => {
  const data = xs.map((x, idx) => [x, ys[idx]]);
  init(host).setOption({ animation: false, tooltip: {}, xAxis: {}, yAxis: {}, series: [{ type: 'scatter', symbolSize: 3, data }] });
};
