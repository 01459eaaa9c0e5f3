// Charts of the workplace, drawn from JSON in the page. Each chart stands beside a table with the
// same numbers, so the drawing itself is silent to a screen reader but for one sentence.
//   <div data-chart="waterfall" data-from="id-of-json" data-label="..."></div>
(() => {
  "use strict";
  const ink = "#1f2933", quiet = "#56606b", grid = "#e3e8ee";
  const colours = { total: "#1d4f91", plus: "#2b7a4b", minus: "#a8442e" };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const language = document.documentElement.lang;
  const said = (n) => new Intl.NumberFormat(language === "en" ? "en-GB" : "id-ID").format(n);
  const text = { fontFamily: "inherit", color: ink };

  // Steps: {label, value, kind: total|plus|minus}. Bars float on what came before.
  function waterfall(steps) {
    let level = 0;
    const foot = [], bars = [];
    for (const step of steps) {
      if (step.kind === "total") { level = step.value; foot.push(0); }
      else if (step.kind === "plus") { foot.push(level); level += step.value; }
      else { level -= step.value; foot.push(level); }
      bars.push({ value: step.value, itemStyle: { color: colours[step.kind] } });
    }
    // Between two totals of hundreds of thousands the changes would be hairlines: the axis starts
    // just under the lowest level, and says so by its labels.
    const floor = Math.min(...foot.map((at, i) => at || steps[i].value));
    const top = Math.max(...steps.map((step, i) => foot[i] + step.value));
    const min = Math.max(0, Math.floor(floor - Math.max((top - floor) * 0.6, 5)));
    return {
      grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
      xAxis: { type: "category", data: steps.map((s) => s.label), axisTick: { show: false }, axisLabel: { color: quiet, interval: 0, width: 84, overflow: "break" } },
      yAxis: { type: "value", min, minInterval: 1, axisLabel: { color: quiet, formatter: said }, splitLine: { lineStyle: { color: grid } } },
      series: [
        { type: "bar", stack: "w", data: foot, silent: true, itemStyle: { color: "transparent" } },
        {
          type: "bar", stack: "w", data: bars, barMaxWidth: 56,
          label: { show: true, position: "top", color: ink, formatter: (at) => sign(steps[at.dataIndex].kind) + said(at.value) },
        },
      ],
    };
  }
  const sign = (kind) => ({ plus: "+", minus: "−" })[kind] || "";

  // {labels, series: [{name, values}]}
  function bars(given) {
    return {
      grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
      legend: given.series.length > 1 ? { top: 0, textStyle: text } : undefined,
      tooltip: { trigger: "axis", valueFormatter: said },
      xAxis: { type: "value", axisLabel: { color: quiet, formatter: said }, splitLine: { lineStyle: { color: grid } } },
      yAxis: { type: "category", inverse: true, data: given.labels, axisLabel: { color: ink } },
      series: given.series.map((s) => ({ type: "bar", name: s.name, data: s.values, stack: given.stacked ? "s" : undefined })),
    };
  }

  function trend(given) {
    return {
      grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
      legend: { top: 0, textStyle: text },
      tooltip: { trigger: "axis", valueFormatter: said },
      xAxis: { type: "category", data: given.labels, axisLabel: { color: quiet } },
      yAxis: { type: "value", scale: true, axisLabel: { color: quiet, formatter: said }, splitLine: { lineStyle: { color: grid } } },
      series: given.series.map((s) => ({ type: "line", name: s.name, data: s.values, symbolSize: 7 })),
    };
  }

  // {map: address of GeoJSON, values: {code: number}, links: {code: address}}
  async function map(given) {
    const answer = await fetch(given.map);
    const shapes = await answer.json();
    echarts.registerMap(given.map, shapes);
    const names = Object.fromEntries(shapes.features.map((f) => [f.properties.code, f.properties.name]));
    const most = Math.max(1, ...Object.values(given.values));
    return {
      tooltip: { formatter: (at) => `${names[at.name]}: ${said(given.values[at.name] || 0)}` },
      visualMap: { min: 0, max: most, left: 0, bottom: 0, text: [said(most), "0"], calculable: false, inRange: { color: ["#eef3f9", "#9cbbe0", "#3f74b5", "#173f74"] }, textStyle: text },
      series: [{
        type: "map", map: given.map, nameProperty: "code", selectedMode: false, layoutCenter: ["56%", "50%"], layoutSize: "92%",
        data: shapes.features.map((f) => ({ name: f.properties.code, value: given.values[f.properties.code] || 0 })),
        label: { show: shapes.features.length <= 12, formatter: (at) => names[at.name], fontSize: 11, color: "#14202b", textBorderColor: "#fff", textBorderWidth: 2 },
        itemStyle: { borderColor: "#fff" }, emphasis: { itemStyle: { areaColor: "#f7c948" } },
      }],
    };
  }

  const kinds = { waterfall, bars, trend, map };

  async function draw(place) {
    const given = JSON.parse(document.getElementById(place.dataset.from).textContent);
    const option = await kinds[place.dataset.chart](given);
    const chart = echarts.init(place, null, { renderer: "svg", locale: language === "en" ? "EN" : "ID" });
    chart.setOption({ textStyle: { fontFamily: getComputedStyle(document.body).fontFamily }, animation: !still, color: [colours.total, colours.minus, colours.plus, "#8a6d1b", "#5b2a86"], ...option });
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", place.dataset.label);
    if (given.links) chart.on("click", (at) => { if (given.links[at.name]) location.href = given.links[at.name]; });
    new ResizeObserver(() => chart.resize()).observe(place);
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-chart]").forEach(draw));
})();
