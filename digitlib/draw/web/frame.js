// MNIST's frame, the same arithmetic as digitlib.mnist_frame: crop to the ink, longer side to
// 20 pixels, centre of mass to the middle of 28 x 28. tests/frame.json holds the specification
// and the pictures on which both must agree.

const FRAME = { side: 28, box: 20, middle: 14, threshold: 0.1 };

/** A picture (height * width numbers, row by row, 0 for paper) in MNIST's frame: 784 numbers. */
function frame(image, height, width) {
  if (image.length !== height * width) {
    throw new Error(`A picture of ${height} x ${width} has not ${image.length} pixels.`);
  }
  const darkest = refuseWhatIsNoInk(image, height, width);

  // The ink of each row and each column, and which of them hold ink at all.
  const rows = new Float64Array(height);
  const columns = new Float64Array(width);
  let [top, bottom, left, right] = [height, -1, width, -1];
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      const value = image[r * width + c];
      rows[r] += value;
      columns[c] += value;
      if (value > FRAME.threshold * darkest) {
        top = Math.min(top, r);
        bottom = Math.max(bottom, r);
        left = Math.min(left, c);
        right = Math.max(right, c);
      }
    }
  }
  const [high, wide] = [bottom - top + 1, right - left + 1];
  const scale = FRAME.box / Math.max(high, wide);
  const down = frameWeights(rows, top, high, scale); // (28, height)
  const across = frameWeights(columns, left, wide, scale); // (28, width)

  // down @ image @ across.T
  const { side } = FRAME;
  const half = new Float64Array(side * width);
  for (let u = 0; u < side; u++) {
    for (let r = 0; r < height; r++) {
      const weight = down[u * height + r];
      if (weight === 0) continue;
      for (let c = 0; c < width; c++) half[u * width + c] += weight * image[r * width + c];
    }
  }
  const framed = new Float64Array(side * side);
  for (let u = 0; u < side; u++) {
    for (let v = 0; v < side; v++) {
      let sum = 0;
      for (let c = 0; c < width; c++) sum += half[u * width + c] * across[v * width + c];
      framed[u * side + v] = sum;
    }
  }
  return framed;
}

/** The darkest value; an Error where the picture is not ink from 0 to 1 on paper of 0. */
function refuseWhatIsNoInk(image, height, width) {
  let darkest = 0;
  for (const value of image) {
    if (!Number.isFinite(value)) {
      throw new Error("The picture has values that are not finite numbers.");
    }
    if (value < 0) throw new Error("The picture has values below 0: paper is 0 and ink above it.");
    if (value > 1 + 1e-6) {
      throw new Error(`The picture has values up to ${value}, where ink is 1 at most.`);
    }
    darkest = Math.max(darkest, value);
  }
  if (darkest === 0) throw new Error("The picture has no ink: nothing in it is above 0.");
  const edge = [];
  for (let c = 0; c < width; c++) edge.push(image[c], image[(height - 1) * width + c]);
  for (let r = 0; r < height; r++) edge.push(image[r * width], image[r * width + width - 1]);
  if (edge.filter((value) => value > darkest / 2).length >= 0.75 * edge.length) {
    throw new Error(
      "The picture has ink all round its edge, so its paper is white and its ink dark: turn it.",
    );
  }
  return darkest;
}

/** (28, n): how much of each of the picture's n lines goes into each line of the frame. */
function frameWeights(ink, first, length, scale) {
  const n = ink.length;
  let [total, moment] = [0, 0];
  for (let j = 0; j < n; j++) {
    total += ink[j];
    moment += ink[j] * j;
  }
  const { side, middle } = FRAME;
  const centre = (moment / total - first + 0.5) * scale - 0.5;
  let start = Math.floor(middle - centre + 0.5);
  // Nothing is cut off. 147 * (20 / 147) is a hair above 20, and 20 pixels all the same.
  start = Math.min(Math.max(start, 0), side - Math.ceil(length * scale - 1e-9));
  const weights = new Float64Array(side * n);
  for (let u = 0; u < side; u++) {
    const edge = (u - start) / scale + first; // line u covers edge to edge + 1 / scale
    const next = edge + 1 / scale;
    for (let j = 0; j < n; j++) {
      weights[u * n + j] =
        scale < 1
          ? Math.max(0, Math.min(next, j + 1) - Math.max(edge, j)) * scale // its share of line j
          : Math.max(0, 1 - Math.abs(edge + 0.5 / scale - 0.5 - j)); // between two lines
    }
  }
  return weights;
}
