// The arithmetic of the things to touch: the formulas of digitlib/formulas.py and
// digitlib/net/optim.py for one example, on plain arrays. The tests compare both within 1e-9.

const add = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

// z[k] = b[k] + sum over j of a[j] W[j][k]
function affine(a, W, b) {
  return b.map((bias, k) => bias + add(a.map((value, j) => value * W[j][k])));
}

// The blame of a[j]: sum over k of dz[k] W[j][k].
function affineBack(dz, W) {
  return W.map((row) => add(row.map((weight, k) => weight * dz[k])));
}

// p[k] = exp(z[k]) / sum of exp(z); the largest score is taken out first, against overflow.
function softmax(z) {
  const largest = Math.max(...z);
  const powers = z.map((score) => Math.exp(score - largest));
  const total = add(powers);
  return powers.map((power) => power / total);
}

// The loss of scores z at a temperature T (p = softmax(z / T)), and its slopes by z: (p - y) / T.
function softmaxLoss(z, label, temperature = 1) {
  const scores = z.map((score) => score / temperature);
  const largest = Math.max(...scores);
  const total = add(scores.map((score) => Math.exp(score - largest)));
  const p = softmax(scores);
  return {
    p,
    loss: Math.log(total) + largest - scores[label],
    dz: p.map((share, k) => (share - (k === label ? 1 : 0)) / temperature),
  };
}

// One hidden layer, forward and back, as in digitlib.classic. on[j] is false where the reader has
// switched unit j off: then its value is 0 and no blame passes.
function hiddenLayer(x, {W1, b1, W2, b2}, label, on) {
  const z1 = affine(x, W1, b1);
  const open = z1.map((z, j) => on[j] && z > 0);
  const a1 = z1.map((z, j) => (open[j] ? z : 0));
  const z2 = affine(a1, W2, b2);
  const {p, loss, dz: dz2} = softmaxLoss(z2, label);
  const da1 = affineBack(dz2, W2);
  const dz1 = da1.map((blame, j) => (open[j] ? blame : 0));
  const dW1 = x.map((value) => dz1.map((blame) => value * blame));
  const dW2 = a1.map((value) => dz2.map((blame) => value * blame));
  return {z1, a1, z2, p, loss, dz2, da1, dz1, dW1, dW2, db1: dz1, db2: dz2};
}

// Z[y][x] = sum over i, j of X[y + i][x + j] K[i][j]: one channel, no padding, stride 1.
function convolve(X, K) {
  const rows = X.length - K.length + 1, columns = X[0].length - K[0].length + 1;
  return Array.from({length: rows}, (_, y) =>
    Array.from({length: columns}, (_, x) =>
      add(K.flatMap((line, i) => line.map((weight, j) => X[y + i][x + j] * weight)))));
}

// y = gamma * xHat + beta with xHat = (x - mean) / sqrt(variance + eps), over the batch x.
function batchNorm(x, gamma, beta, eps = 1e-5) {
  const mean = add(x) / x.length;
  const variance = add(x.map((value) => (value - mean) ** 2)) / x.length;
  const xHat = x.map((value) => (value - mean) / Math.sqrt(variance + eps));
  return {mean, variance, xHat, y: xHat.map((value) => gamma * value + beta)};
}

// A valley 1/2 (flat s^2 + steep t^2), where s and t are the coordinates (u, v) seen from axes
// turned by `angle` degrees. Returns its loss and its slope at a point [u, v].
function ravine(flat, steep, angle) {
  const turn = (angle * Math.PI) / 180, cos = Math.cos(turn), sin = Math.sin(turn);
  const along = ([u, v]) => [cos * u + sin * v, cos * v - sin * u];
  return {
    loss(point) {
      const [s, t] = along(point);
      return (flat * s * s + steep * t * t) / 2;
    },
    slope(point) {
      const [s, t] = along(point), ds = flat * s, dt = steep * t;
      return [cos * ds - sin * dt, sin * ds + cos * dt];
    },
    place: ([s, t]) => [cos * s - sin * t, sin * s + cos * t], // from (s, t) back to (u, v)
  };
}

// The points that an optimiser visits: `steps` steps from `start`, as in digitlib.net.optim.
function descend(rule, rate, momentum, start, slope, steps) {
  const beta2 = 0.999, eps = 1e-8;
  let point = start, m = start.map(() => 0), v = start.map(() => 0);
  const path = [start];
  for (let t = 1; t <= steps; t++) {
    const g = slope(point);
    if (rule === "Adam") {
      m = m.map((old, n) => momentum * old + (1 - momentum) * g[n]);
      v = v.map((old, n) => beta2 * old + (1 - beta2) * g[n] * g[n]);
      const mShare = 1 - momentum ** t, vShare = 1 - beta2 ** t; // of what they average
      point = point.map((at, n) =>
        at - (rate * m[n]) / mShare / (Math.sqrt(v[n] / vShare) + eps));
    } else {
      const kept = rule === "momentum" ? momentum : 0;
      m = m.map((old, n) => kept * old + g[n]);
      point = point.map((at, n) => at - rate * m[n]);
    }
    path.push(point);
  }
  return path;
}


// How large values are behind each ReLU layer whose weights are drawn with standard deviation
// `std`, given the sizes for 1: without biases each layer multiplies by std once more.
function scaled(sizes, std) {
  return sizes.map((size, layer) => size * std ** (layer + 1));
}

// Displacements of all pixels along one axis, as in digitlib's augment.elastic: noise (28 x 28, in
// a row) smoothed by a Gaussian of width sigma along rows and columns, then times alpha.
function smoothed(noise, alpha, sigma, side = 28) {
  const bell = Array.from({length: side}, (_, i) => Array.from({length: side}, (_, j) =>
    Math.exp(-0.5 * ((i - j) / sigma) ** 2) / (sigma * Math.sqrt(2 * Math.PI))));
  const rows = bell.map((line) => Array.from({length: side}, (_, x) =>
    add(line.map((weight, y) => weight * noise[side * y + x]))));
  return rows.flatMap((row) => bell.map((line) =>
    alpha * add(line.map((weight, x) => weight * row[x]))));
}

// The image at places between its pixels, by bilinear interpolation; outside it is paper, 0.
// Each pixel (x, y) of the result is fetched at (x + dx, y + dy).
function fetched(pixels, dx, dy, side = 28) {
  const ink = (x, y) => (x >= 0 && y >= 0 && x < side && y < side ? pixels[side * y + x] : 0);
  return pixels.map((_, n) => {
    const x = (n % side) + dx[n], y = Math.floor(n / side) + dy[n];
    const left = Math.floor(x), top = Math.floor(y), right = x - left, down = y - top;
    const upper = ink(left, top) * (1 - right) + ink(left + 1, top) * right;
    const lower = ink(left, top + 1) * (1 - right) + ink(left + 1, top + 1) * right;
    return upper * (1 - down) + lower * down;
  });
}
