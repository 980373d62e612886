// The forward pass: x holds one image's pixels, each W its rows one after the other.
function forward(x, layers) {
  layers.forEach(({ W, b }, i) => {
    const z = Array.from(b);
    for (let m = 0; m < x.length; m++)
      for (let j = 0; j < z.length; j++) z[j] += x[m] * W[m * z.length + j];
    x = i < layers.length - 1 ? z.map((value) => Math.max(0, value)) : z;
  });
  const largest = Math.max(...x);
  const e = x.map((score) => Math.exp(score - largest));
  const total = e.reduce((sum, value) => sum + value);
  return e.map((value) => value / total);
}
