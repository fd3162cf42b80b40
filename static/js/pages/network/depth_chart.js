import '../../elements/depth_chart.js';

export { depthChartView } from '../../views/depth_chart.js';
