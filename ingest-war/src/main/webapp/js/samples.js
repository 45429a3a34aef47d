/** Sample images, generated here, because photos would be larger than all of the page's code. */

const WIDTH = 1500;
const HEIGHT = 1000;

const SCENES = [
  { name: "sample-dawn.jpg", sky: ["#2b4f81", "#e89a6b", "#fbd9a5"], ridge: "#1d2b45", haze: "#d98f6c", sun: [0.68, 0.5, 60], seed: 7 },
  { name: "sample-night.jpg", sky: ["#070b1f", "#1b2a57", "#4d5f9a"], ridge: "#050814", haze: "#2b3b6d", sun: [0.25, 0.22, 42], seed: 21, stars: true },
  { name: "sample-forest.jpg", sky: ["#8fc1d8", "#cfe4e0", "#f1efd8"], ridge: "#12352b", haze: "#9cc3b4", sun: [0.5, 0.3, 34], seed: 33, trees: true },
];

/** Buttons that each upload a sample; `take` receives a File. */
export function sampleButtons(element, take) {
  return SCENES.map((scene) => {
    const preview = draw(scene, 168, 112);
    preview.setAttribute("aria-hidden", "true");
    return element("button", {
      type: "button",
      class: "sample",
      "aria-label": `Try it with ${scene.name}`,
      onclick: async () => take(await sampleFile(scene)),
    }, preview);
  });
}

/** A number of files of one size, for a test load. */
export async function testLoad(count, width, height) {
  const blobs = await Promise.all(SCENES.map((scene) => encoded(draw(scene, width, height), 0.85)));
  return Array.from({ length: count }, (_, i) =>
    new File([blobs[i % blobs.length]], `test-load-${String(i + 1).padStart(4, "0")}.jpg`, { type: "image/jpeg" }));
}

async function sampleFile(scene) {
  return new File([await encoded(draw(scene, WIDTH, HEIGHT), 0.92)], scene.name, { type: "image/jpeg" });
}

function encoded(canvas, quality) {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}

function draw(scene, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const g = canvas.getContext("2d");
  const random = generator(scene.seed);
  const sky = g.createLinearGradient(0, 0, 0, height * 0.75);
  scene.sky.forEach((colour, i) => sky.addColorStop(i / (scene.sky.length - 1), colour));
  g.fillStyle = sky;
  g.fillRect(0, 0, width, height);
  if (scene.stars) {
    g.fillStyle = "#fff";
    for (let i = 0; i < 420; i++) {
      g.globalAlpha = random() * 0.8;
      g.fillRect(random() * width, random() * height * 0.6, width / 700, width / 700);
    }
    g.globalAlpha = 1;
  }
  const [x, y, radius] = scene.sun;
  const r = (radius / 1000) * height;
  const glow = g.createRadialGradient(x * width, y * height, r * 0.9, x * width, y * height, r * 6);
  glow.addColorStop(0, "rgb(255 244 214 / 70%)");
  glow.addColorStop(1, "rgb(255 244 214 / 0%)");
  g.fillStyle = glow;
  g.fillRect(0, 0, width, height);
  g.fillStyle = "#fff6df";
  g.beginPath();
  g.arc(x * width, y * height, r, 0, 2 * Math.PI);
  g.fill();
  const layers = 6;
  for (let layer = 0; layer < layers; layer++) {
    const near = layer / (layers - 1);
    g.fillStyle = mix(scene.haze, scene.ridge, near);
    ridge(g, random, width, height, height * (0.46 + 0.085 * layer), height * (0.08 - 0.006 * layer), scene.trees ? near : 0);
  }
  return canvas;
}

/** A line of hills: some waves of random phase, the finer ones lower. */
function ridge(g, random, width, height, level, swing, trees) {
  const waves = Array.from({ length: 6 }, (_, i) => ({ f: (1.2 + random()) * 1.9 ** i, p: random() * 7, a: swing / 1.75 ** i }));
  const step = Math.max(1, width / 750);
  g.beginPath();
  g.moveTo(0, height);
  for (let x = 0; x <= width + step; x += step) {
    let y = level;
    for (const { f, p, a } of waves) {
      y += Math.sin((x / width) * f * Math.PI * 2 + p) * a;
    }
    const spike = trees ? Math.abs(((x / step) % 9) - 4.5) / 4.5 : 0;
    g.lineTo(x, y - (1 - spike) * height * 0.05 * trees);
  }
  g.lineTo(width, height);
  g.fill();
}

function mix(from, to, share) {
  const part = (colour, i) => parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16);
  return `rgb(${[0, 1, 2].map((i) => Math.round(part(from, i) + (part(to, i) - part(from, i)) * share)).join(" ")})`;
}

/** Mulberry32: the same images each time. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
