// Points with uPlot.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

globalThis.points = (host, xs, ys) => {
  const series = [{}, { label: 'b', stroke: '#084860', paths: () => null, points: { show: true, size: 3, space: 0 } }];
  new uPlot({ width: 640, height: 400, scales: { x: { time: false } }, series }, [xs, ys], host);
};
