// The map of a provinsi: each kab/kota in the colour and with the words of how it stands. The cards
// of the page say the same.
(() => {
  "use strict";
  async function draw(place) {
    const given = JSON.parse(document.getElementById(place.dataset.provinceMap).textContent);
    const shapes = await (await fetch(given.map)).json();
    echarts.registerMap(given.map, shapes);
    const names = Object.fromEntries(shapes.features.map((f) => [f.properties.code, f.properties.name]));
    const short = (code) => (names[code] || "").replace("Kabupaten ", "Kab. ");
    // A small kota has no room for its name: it stands on the card, and shows when pointed at.
    const wide = (shape) => {
      const x = shape.geometry.coordinates.flat(Infinity).filter((_, i) => i % 2 === 0);
      return x.reduce((a, b) => Math.max(a, b)) - x.reduce((a, b) => Math.min(a, b)) > 0.3;
    };
    const said = (code) => `${names[code]}: ${given.words[code] || "–"}`;
    const chart = echarts.init(place, null, { renderer: "svg" });
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: { formatter: (at) => said(at.name) },
      series: [{
        type: "map", map: given.map, nameProperty: "code", selectedMode: false,
        layoutCenter: ["50%", "50%"], layoutSize: "112%",
        data: shapes.features.map((f) => ({ name: f.properties.code, label: { show: wide(f) }, itemStyle: { areaColor: given.colours[f.properties.code] || "#fff" } })),
        label: { show: true, formatter: (at) => short(at.name), fontSize: 11, color: "#14202b", textBorderColor: "#fff", textBorderWidth: 2 },
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
