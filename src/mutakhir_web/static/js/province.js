// The map of a provinsi: each kab/kota in the colour and with the words of how it stands. The cards
// of the page say the same.
(() => {
  "use strict";
  async function draw(place) {
    const given = JSON.parse(document.getElementById(place.dataset.provinceMap).textContent);
    const shapes = await (await fetch(given.map)).json();
    echarts.registerMap(given.map, shapes);
    const names = Object.fromEntries(shapes.features.map((f) => [f.properties.code, f.properties.name]));
    const said = (code) => `${names[code]}: ${given.words[code] || "–"}`;
    const chart = echarts.init(place, null, { renderer: "svg" });
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: { formatter: (at) => said(at.name) },
      series: [{
        type: "map", map: given.map, nameProperty: "code", selectedMode: false,
        data: shapes.features.map((f) => ({ name: f.properties.code, itemStyle: { areaColor: given.colours[f.properties.code] || "#fff" } })),
        label: { show: true, formatter: (at) => names[at.name], fontSize: 11, color: "#14202b", textBorderColor: "#fff", textBorderWidth: 2 },
        itemStyle: { borderColor: "#fff", borderWidth: 1.5 }, emphasis: { itemStyle: { areaColor: "#f7c948" } },
      }],
    });
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", place.dataset.label);
    chart.on("click", (at) => { if (given.links[at.name]) location.href = given.links[at.name]; });
    new ResizeObserver(() => chart.resize()).observe(place);
  }
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-province-map]").forEach(draw));
})();
