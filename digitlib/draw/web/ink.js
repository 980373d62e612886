// Strokes become a picture, as strokes.py does it in NumPy: no canvas is read back, so every
// browser computes the same pixels.
//
// A stroke is a list of points [x, y] in parts of the pad's side, x to the right, y down.
// The pen's width grows with the digit. MNIST's writers all used the same pen at the same size;
// a pen of fixed width would turn a small digit into a blob once the frame enlarges it.

const INK = {
  side: 100, // the longer side of the picture, in pixels: five for each pixel of the frame
  pen: 12, // the pen's width in these pixels, 2.4 in the frame's
  smallest: 0.04, // a drawing below this part of the pad is a dot, not a digit
};

/** The picture of some strokes: {image, height, width}, image a Float64Array, 0 paper, 1 ink. */
function ink(strokes) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of strokes) {
    for (const [x, y] of stroke) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        throw new Error("A stroke has a point that is not a number.");
      }
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  const longest = Math.max(right - left, bottom - top);
  if (!(longest >= INK.smallest)) {
    throw new Error("There is too little ink to read. Draw a digit.");
  }
  const scale = (INK.side - INK.pen) / longest; // pixels per side of the pad
  const radius = INK.pen / 2;
  const width = Math.ceil((right - left) * scale) + INK.pen;
  const height = Math.ceil((bottom - top) * scale) + INK.pen;
  const image = new Float64Array(height * width);
  for (const stroke of strokes) {
    const points = stroke.map(([x, y]) => [
      (x - left) * scale + radius,
      (y - top) * scale + radius,
    ]);
    for (let i = 0; i < points.length; i++) {
      line(image, height, width, points[Math.max(i - 1, 0)], points[i], radius);
    }
  }
  return { image, height, width };
}

/** Ink one line with round ends. A pixel's ink falls from 1 to 0 over one pixel at the edge. */
function line(image, height, width, [x0, y0], [x1, y1], radius) {
  const reach = radius + 0.5;
  const first = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
  const last = Math.min(height - 1, Math.ceil(Math.max(y0, y1) + reach));
  const leftmost = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
  const rightmost = Math.min(width - 1, Math.ceil(Math.max(x0, x1) + reach));
  const [dx, dy] = [x1 - x0, y1 - y0];
  const squared = dx * dx + dy * dy;
  for (let row = first; row <= last; row++) {
    for (let column = leftmost; column <= rightmost; column++) {
      const [px, py] = [column + 0.5 - x0, row + 0.5 - y0]; // from the line's start
      const along = squared > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / squared)) : 0;
      const [ox, oy] = [px - along * dx, py - along * dy]; // from the nearest point of it
      const value = Math.min(1, Math.max(0, reach - Math.sqrt(ox * ox + oy * oy)));
      const at = row * width + column;
      if (value > image[at]) image[at] = value;
    }
  }
}
