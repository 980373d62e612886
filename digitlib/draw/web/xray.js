// The arithmetic of the X-ray: 784-10-10 forward and back, in the lines of notebook 04, and the
// same slopes measured. Matrices are Float64Arrays, row by row; a row of X is one example.
//
//   Z1 = X W1 + b1,  A1 = max(0, Z1),  Z2 = A1 W2 + b2,  P = softmax(Z2)
//
// The batch is the drawing and the same drawing a pixel to the right, to the left and down:
// with a single row nobody could see a missing 1/N.

const XRAY = { pixels: 784, units: 10, classes: 10, h: 1e-5 };

/** Can the X-ray show this network? Linear (784, 10), ReLU, Linear (10, 10) and nothing else. */
function canBeXrayed({ layers }) {
  const [first, relu, last] = layers;
  return (
    layers.length === 3 &&
    first.kind === "linear" &&
    first.n_in === XRAY.pixels &&
    first.n_out === XRAY.units &&
    relu.kind === "relu" &&
    relu.slope === 0 &&
    last.kind === "linear" &&
    last.n_out === XRAY.classes
  );
}

/** C (n, k) = A (n, m) B (m, k). */
function product(A, B, n, m, k) {
  const C = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    for (let l = 0; l < m; l++) {
      const a = A[i * m + l];
      if (a === 0) continue;
      for (let j = 0; j < k; j++) C[i * k + j] += a * B[l * k + j];
    }
  }
  return C;
}

/** A (n, m) turned over: (m, n). */
function transposed(A, n, m) {
  const T = new Float64Array(n * m);
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) T[j * n + i] = A[i * m + j];
  return T;
}

function columnSums(A, n, m) {
  const sums = new Float64Array(m);
  for (let i = 0; i < n * m; i++) sums[i % m] += A[i];
  return sums;
}

/** The drawing (784) and three copies of it, one pixel to the right, left and down: (4, 784). */
function batchOf(pixels) {
  const X = new Float64Array(4 * 784);
  [[0, 0], [0, 1], [0, -1], [1, 0]].forEach(([down, right], i) => {
    for (let r = 0; r < 28; r++) {
      for (let c = 0; c < 28; c++) {
        const [row, column] = [r - down, c - right];
        if (row < 0 || column < 0 || column > 27) continue;
        X[i * 784 + r * 28 + c] = pixels[row * 28 + column];
      }
    }
  });
  return X;
}

/** Forward: off[j] silences hidden unit j. Returns N, X, Z1, A1, Z2, P. */
function xrayForward({ W1, b1, W2, b2 }, X, off) {
  const { pixels, units, classes } = XRAY;
  const N = X.length / pixels;
  const Z1 = product(X, W1, N, pixels, units).map((z, i) => z + b1[i % units]);
  const A1 = Z1.map((z, i) => (off[i % units] ? 0 : Math.max(0, z)));
  const Z2 = product(A1, W2, N, units, classes).map((z, i) => z + b2[i % classes]);
  const P = new Float64Array(N * classes);
  for (let i = 0; i < N; i++) {
    P.set(softmax(Z2.subarray(i * classes, (i + 1) * classes)), i * classes);
  }
  return { N, X, Z1, A1, Z2, P };
}

/** The mean loss of scores Z2 (N, 10) for one label: log of the sum of exp, less the true score. */
function meanLoss(Z2, label) {
  const { classes } = XRAY;
  let total = 0;
  for (let i = 0; i < Z2.length; i += classes) {
    const z = Z2.subarray(i, i + classes);
    const largest = Math.max(...z);
    let sum = 0;
    for (const value of z) sum += Math.exp(value - largest);
    total += largest + Math.log(sum) - z[label];
  }
  return total / (Z2.length / classes);
}

/**
 * Back: the gradients of the mean loss. `broken` breaks lines on purpose:
 * noN leaves 1/N out, swapped turns dW2's factors round, mask takes A1 >= 0 for the ReLU's slope.
 */
function xrayBackward({ W1, W2 }, { N, X, Z1, A1, P }, label, off, broken = {}) {
  const { pixels, units, classes } = XRAY;
  const dZ2 = P.map((p, i) => (p - (i % classes === label ? 1 : 0)) / (broken.noN ? 1 : N));
  const dW2 = broken.swapped
    ? product(transposed(dZ2, N, classes), A1, classes, N, units)
    : product(transposed(A1, N, units), dZ2, units, N, classes);
  const db2 = columnSums(dZ2, N, classes);
  const dA1 = product(dZ2, transposed(W2, units, classes), N, classes, units);
  const open = (i) => (broken.mask ? A1[i] >= 0 : Z1[i] > 0 && !off[i % units]);
  const dZ1 = dA1.map((blame, i) => (open(i) ? blame : 0));
  const dW1 = product(transposed(X, N, pixels), dZ1, pixels, N, units);
  const db1 = columnSums(dZ1, N, units);
  const dX = product(dZ1, transposed(W1, pixels, units), N, units, pixels);
  return { dZ2, dW2, db2, dA1, dZ1, dW1, db1, dX };
}

/**
 * The slopes of the mean loss, measured: each weight a little up, a little down, and the two
 * losses compared. A weight moves one column of scores, so the rest need not be computed anew.
 */
function xraySlopes({ W2 }, { N, X, Z1, A1, Z2 }, label, off) {
  const { pixels, units, classes, h } = XRAY;
  const slopes = { W1: new Float64Array(pixels * units), W2: new Float64Array(units * classes) };
  const nudged = new Float64Array(Z2.length);
  for (let j = 0; j < units; j++) {
    for (let k = 0; k < classes; k++) {
      const loss = (step) => {
        nudged.set(Z2);
        for (let i = 0; i < N; i++) nudged[i * classes + k] += step * A1[i * units + j];
        return meanLoss(nudged, label);
      };
      slopes.W2[j * classes + k] = (loss(h) - loss(-h)) / (2 * h);
    }
  }
  for (let m = 0; m < pixels; m++) {
    let inked = false;
    for (let i = 0; i < N; i++) inked ||= X[i * pixels + m] !== 0;
    if (!inked) continue; // a weight that is multiplied by paper moves nothing
    for (let j = 0; j < units; j++) {
      if (off[j]) continue; // nor does one whose unit is switched off
      const loss = (step) => {
        nudged.set(Z2);
        for (let i = 0; i < N; i++) {
          const z = Z1[i * units + j] + step * X[i * pixels + m];
          const change = Math.max(0, z) - A1[i * units + j];
          for (let k = 0; k < classes; k++) nudged[i * classes + k] += change * W2[j * classes + k];
        }
        return meanLoss(nudged, label);
      };
      slopes.W1[m * units + j] = (loss(h) - loss(-h)) / (2 * h);
    }
  }
  return slopes;
}

/** Which computed slopes differ from the measured ones: an array of true and false. */
function lies(computed, measured) {
  return Array.from(computed, (value, i) => {
    const apart = Math.abs(value - measured[i]);
    return apart > 1e-7 + 1e-4 * Math.max(Math.abs(value), Math.abs(measured[i]));
  });
}
