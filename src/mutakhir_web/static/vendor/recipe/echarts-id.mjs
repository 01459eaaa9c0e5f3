// ECharts has no Indonesian of its own. A screen reader speaks the sentences under `aria`.
export const indonesian = {
  time: {
    month: [
      "Januari", "Februari", "Maret", "April", "Mei", "Juni",
      "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ],
    monthAbbr: [
      "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
    ],
    dayOfWeek: ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"],
    dayOfWeekAbbr: ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"],
  },
  legend: { selector: { all: "Semua", inverse: "Balik" } },
  series: {
    typeNames: { bar: "Diagram batang", line: "Diagram garis", map: "Peta", chart: "Diagram" },
  },
  aria: {
    general: {
      withTitle: 'Diagram tentang "{title}"',
      withoutTitle: "Diagram",
    },
    series: {
      single: {
        prefix: "",
        withName: " berjenis {seriesType} bernama {seriesName}.",
        withoutName: " berjenis {seriesType}.",
      },
      multiple: {
        prefix: ". Terdiri atas {seriesCount} deret.",
        withName: " Deret {seriesId} berjenis {seriesType}, yaitu {seriesName}.",
        withoutName: " Deret {seriesId} berjenis {seriesType}.",
        separator: { middle: "", end: "" },
      },
    },
    data: {
      allData: "Datanya: ",
      partialData: "{displayCnt} data pertama: ",
      withName: "{name} sebesar {value}",
      withoutName: "{value}",
      separator: { middle: ", ", end: ". " },
    },
  },
};
