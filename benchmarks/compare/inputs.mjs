// The pictures of the comparison: a photograph of 2725 by 2225, one of 12 megapixels, a transparent one.
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
