// The images of the comparison: a photograph of 2725 by 2225, one of 12 megapixels, a transparent one.
import sharp from 'sharp';
import fs from 'fs';

const given = process.argv[2];
if (given) {
  fs.copyFileSync(given, 'photo.jpg');
} else {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 };
  const grain = { create: { width: 545, height: 445, channels: 3, background: '#808080', noise } };
  await sharp(await sharp(grain).png().toBuffer())
    .resize(2725, 2225).jpeg({ quality: 90 }).toFile('photo.jpg');
}
await sharp('photo.jpg').resize(4000, 3000, { fit: 'fill' }).jpeg({ quality: 90 }).toFile('large.jpg');
await sharp('photo.jpg').webp({ quality: 85 }).toFile('photo.webp');
const circle = Buffer.from(
  '<svg width="2048" height="1536"><ellipse cx="1024" cy="768" rx="1000" ry="740"/></svg>');
await sharp('photo.jpg').resize(2048, 1536, { fit: 'fill' }).ensureAlpha()
  .composite([{ input: circle, blend: 'dest-in' }]).png().toFile('alpha.png');

// Charts: rings that get finer towards the edges, lines of one pixel, small text.
const side = 1800;
const zone = Buffer.alloc(side * side);
for (let y = 0; y < side; y++) {
  for (let x = 0; x < side; x++) {
    const r = ((x - side / 2) ** 2 + (y - side / 2) ** 2) * Math.PI / side;
    zone[y * side + x] = Math.round(127.5 + 127.5 * Math.cos(r));
  }
}
await sharp(zone, { raw: { width: side, height: side, channels: 1 } }).toColourspace('srgb')
  .jpeg({ quality: 95 }).toFile('zone.jpg');
const lines = Array.from({ length: 90 }, (_, i) =>
  `<path d="M${i * 20} 0L${i * 13} 1800M0 ${i * 20}H1800" stroke="#124"/>` +
  `<text y="${i * 20 + 14}" x="900" font-size="${10 + i / 4}">Hamburgefonts 0123456789</text>`);
await sharp(Buffer.from(`<svg width="1800" height="1800"><rect width="1800" height="1800" fill="#fff"/>${lines.join('')}</svg>`))
  .jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toFile('lines.jpg');
