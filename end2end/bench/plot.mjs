// The result as a plot: one panel for each figure, one bar for each contender.

const panels = [
  ["Pushed, records/s (more is better)", (p) => p.first?.rate, 0],
  ["Everything everywhere, s", (p) => p.first && p.first.all / 1000, 1],
  ["Bytes with the same gzip, MB", (p) => p.first && p.first.packed / 1e6, 1],
  ["Bytes as they are, MB", (p) => p.first && p.first.bytes / 1e6, 0],
  ["With answers lost, s", (p) => p.lossy && p.lossy.all / 1000, 1],
  ["Reconnect with edits, ms", (p) => p.reconnect?.all, 0],
  ["Values lost", (p) => p.conflict?.lost, 0],
  ["Peak memory of the server, MB", (p) => p.first?.peak, 0],
];
const colours = ["#0f5c4a", "#c0642b", "#5b6bb0"];
const [width, height, bar, label] = [360, 116, 18, 132];

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

export function plot({ peers }) {
  const all = Object.values(peers);
  const drawn = panels.map(([title, figure, digits], n) => {
    const figures = all.map(figure);
    const most = Math.max(...figures.map((f) => f ?? 0), 1e-9);
    const bars = figures.map((found, nth) => {
      const y = 32 + nth * (bar + 6);
      const long = found == null ? 0 : Math.max((found / most) * (width - label - 70), 1);
      const said = found == null ? "–" : found.toFixed(digits);
      return (
        `<text x="${label - 8}" y="${y + 13}" text-anchor="end">${escape(all[nth].title)}</text>` +
        `<rect x="${label}" y="${y}" width="${long.toFixed(1)}" height="${bar}" fill="${colours[nth]}"/>` +
        `<text x="${(label + long + 6).toFixed(1)}" y="${y + 13}">${said}</text>`
      );
    });
    const at = `translate(${(n % 2) * (width + 20) + 10} ${Math.floor(n / 2) * (height + 14) + 10})`;
    return `<g transform="${at}"><text x="0" y="16" font-weight="600">${escape(title)}</text>${bars.join("")}</g>`;
  });
  const size = [2 * width + 40, Math.ceil(panels.length / 2) * (height + 14) + 10];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.join(" ")}" font-family="sans-serif" font-size="12">` +
    `<rect width="100%" height="100%" fill="#fff"/>${drawn.join("\n")}</svg>\n`
  );
}
