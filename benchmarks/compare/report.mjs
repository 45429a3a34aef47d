// One table, on the terminal and in report.html, with the pictures of both side by side.
import fs from 'fs';

const columns = ['native', 'java', 'sharp', 'pillow'];
const values = Object.fromEntries(columns.map((column) => [column, Object.fromEntries(
  fs.readFileSync(`${column}.tsv`, 'utf8').trim().split('\n').filter(Boolean)
    .map((line) => line.split('\t')))]));
const rows = Object.keys(values.sharp).map((job) => {
  const ratio = (column) => (values[column][job] / values.sharp[job]).toFixed(2);
  return [job, values.native[job], values.java[job], values.sharp[job],
    values.pillow[job] ?? '-', ratio('native'), ratio('java')];
});
const head = ['job', 'libjpeg-turbo ms', 'pure Java ms', 'sharp ms', 'Pillow ms', 'ratio', 'pure Java ratio'];
console.log([head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'));

const cells = (row, tag) => `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
const pictures = fs.readdirSync('native').filter((file) => fs.existsSync(`sharp/${file}`)).map((file) =>
  `<h2>${file}</h2><div>` + ['native', 'java', 'sharp'].map((folder) =>
    `<figure><img src="${folder}/${file}" alt=""><figcaption>${folder}, ` +
    `${fs.statSync(`${folder}/${file}`).size} bytes</figcaption></figure>`).join('') + '</div>').join('');
fs.writeFileSync('report.html', `<!doctype html><meta charset="utf-8"><title>Imaging compared</title>
<style>body{font:15px sans-serif;background:#eee}td,th{padding:2px 10px;text-align:right}
div{display:flex;gap:8px;overflow-x:auto}figure{margin:0}
img{background:repeating-conic-gradient(#ccc 0 25%,#fff 0 50%) 0/20px 20px}</style>
<h1>Imaging compared: CPU time and pictures</h1>
<table>${cells(head, 'th')}${rows.map((row) => cells(row, 'td')).join('')}</table>${pictures}`);
