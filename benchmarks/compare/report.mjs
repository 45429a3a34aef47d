// Writes two tables to the terminal and to report.html, which also shows the images of all programs side by side.
import fs from 'fs';

const programs = { native: 'here, libjpeg-turbo', java: 'here, pure Java', sharp: 'sharp', pillow: 'Pillow' };
const lines = (file) => fs.readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map((line) => line.split('\t'));
const times = fs.readFileSync('times.jsonl', 'utf8').trim().split('\n').map((line) => JSON.parse(line));

const timeHead = ['CPU ms a job', ...Object.values(programs), 'to sharp', 'pure Java to sharp'];
const timeRows = times.map(({ name, ms, toSharp }) =>
  [name, ...Object.keys(programs).map((program) => ms[program]?.toFixed(1) ?? '-'),
    toSharp.native.toFixed(2), toSharp.java.toFixed(2)]);
const near = {};
for (const [name, program, psnr, ssim] of lines('quality.tsv')) (near[name] ??= {})[program] = `${psnr} / ${ssim}`;
const nearHead = ['PSNR dB / SSIM to the reference', ...Object.values(programs)];
const nearRows = Object.entries(near).map(([name, values]) =>
  [name, ...Object.keys(programs).map((program) => values[program] ?? '-')]);

const text = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
console.log(`${text(timeHead, timeRows)}\n\n${text(nearHead, nearRows)}`);

const cells = (row, tag) => `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
const table = (head, rows) => `<table>${cells(head, 'th')}${rows.map((row) => cells(row, 'td')).join('')}</table>`;
const images = fs.readdirSync('native').sort().filter((file) => fs.existsSync(`sharp/${file}`)).map((file) =>
  `<h2>${file}</h2><div>` + Object.keys(programs).filter((program) => fs.existsSync(`${program}/${file}`)).map((program) =>
    `<figure><img src="${program}/${file}" alt=""><figcaption>${programs[program]}, ` +
    `${fs.statSync(`${program}/${file}`).size} bytes</figcaption></figure>`).join('') + '</div>').join('');
fs.writeFileSync('report.html', `<!doctype html><meta charset="utf-8"><title>Imaging compared</title>
<style>body{font:15px sans-serif;background:#eee}td,th{padding:2px 10px;text-align:right}
div{display:flex;gap:8px;overflow-x:auto}figure{margin:0}
img{background:repeating-conic-gradient(#ccc 0 25%,#fff 0 50%) 0/20px 20px}</style>
<h1>Imaging compared: CPU time, nearness to a double-precision reference, images</h1>
${table(timeHead, timeRows)}<h2>Nearness</h2>${table(nearHead, nearRows)}${images}`);
