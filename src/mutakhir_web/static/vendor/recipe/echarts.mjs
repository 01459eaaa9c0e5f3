// What our charts use of ECharts, and no more: bars (a waterfall is stacked bars), lines, and a
// map by kecamatan, drawn as SVG. A new kind of chart is a line here and a new build.
import { use, registerLocale } from "echarts/core";
import { BarChart, LineChart, MapChart } from "echarts/charts";
import {
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendPlainComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import { indonesian } from "./echarts-id.mjs";

use([
  BarChart,
  LineChart,
  MapChart,
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendPlainComponent,
  TooltipComponent,
  VisualMapComponent,
  SVGRenderer,
]);
registerLocale("ID", indonesian);

export { connect, dispose, getInstanceByDom, init, registerMap } from "echarts/core";
