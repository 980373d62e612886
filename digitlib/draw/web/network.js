// The forward pass in plain JavaScript. A network arrives as {name, layers, ...}: pack.py turned
// its layers into plain data, with arrays as base64 text, and batch norm into one factor and one
// summand for each channel. Images are (height, width, channels), as in digitlib.

/** The bytes of a base64 text. */
function bytes(text) {
  const binary = atob(text);
  const result = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) result[i] = binary.charCodeAt(i);
  return result;
}

/** One array of a layer, as numbers: {shape, dtype, data, scale}. Throws where it is damaged. */
function unpackArray(packed, what) {
  const size = packed.shape.reduce((a, b) => a * b, 1);
  let raw;
  try {
    raw = bytes(packed.data);
  } catch {
    throw new Error(`The weights of this page are damaged: ${what} is not base64 text.`);
  }
  const each = { int8: 1, float32: 4 }[packed.dtype];
  if (raw.length !== size * each) {
    throw new Error(
      `The weights of this page are damaged: ${what} needs ${size} numbers in ` +
        `${packed.dtype}, and has ${raw.length} bytes.`,
    );
  }
  let result;
  if (packed.dtype === "int8") {
    const whole = new Int8Array(raw.buffer);
    const scale = unpackArray(packed.scale, `the scale of ${what}`);
    result = new Float32Array(size);
    for (let i = 0; i < size; i++) result[i] = whole[i] * scale[i % scale.length];
  } else {
    result = new Float32Array(size);
    const view = new DataView(raw.buffer);
    for (let i = 0; i < size; i++) result[i] = view.getFloat32(4 * i, true);
  }
  for (const value of result) {
    if (!Number.isFinite(value)) {
      throw new Error(`The weights of this page are damaged: ${what} has a value that is not finite.`);
    }
  }
  return result;
}

/** A packed network with its arrays as numbers. Throws an Error that says what is damaged. */
function unpack(packed) {
  if (!packed || !Array.isArray(packed.layers) || packed.layers.length === 0) {
    throw new Error("The weights of this page are damaged: there are no layers.");
  }
  const layers = packed.layers.map((layer, i) => {
    if (!Object.hasOwn(STEPS, layer.kind)) {
      throw new Error(`The weights of this page are damaged: layer ${i} is of no known kind.`);
    }
    const ready = { ...layer };
    for (const [name, array] of Object.entries(layer.arrays ?? {})) {
      ready[name] = unpackArray(array, `${name} of layer ${i}`);
    }
    return ready;
  });
  return { ...packed, layers };
}

// Each step takes {data, shape} of one example and returns the same for the next layer.
const STEPS = {
  linear(layer, { data }) {
    const { n_in, n_out, W, b } = layer;
    const z = Float64Array.from(b);
    for (let m = 0; m < n_in; m++) {
      const x = data[m];
      if (x === 0) continue; // most pixels are paper
      for (let j = 0; j < n_out; j++) z[j] += x * W[m * n_out + j];
    }
    return { data: z, shape: [n_out] };
  },

  conv(layer, { data, shape }) {
    const { kernel, stride, padding, n_in, n_out, W, b } = layer;
    const [height, width] = shape;
    const high = Math.floor((height + 2 * padding - kernel) / stride) + 1;
    const wide = Math.floor((width + 2 * padding - kernel) / stride) + 1;
    const z = new Float64Array(high * wide * n_out);
    for (let r = 0; r < high; r++) {
      for (let c = 0; c < wide; c++) {
        const out = (r * wide + c) * n_out;
        if (b) for (let k = 0; k < n_out; k++) z[out + k] = b[k];
        for (let i = 0; i < kernel; i++) {
          const row = r * stride - padding + i;
          if (row < 0 || row >= height) continue;
          for (let j = 0; j < kernel; j++) {
            const column = c * stride - padding + j;
            if (column < 0 || column >= width) continue;
            const pixel = (row * width + column) * n_in;
            const patch = (i * kernel + j) * n_in;
            for (let m = 0; m < n_in; m++) {
              const x = data[pixel + m];
              if (x === 0) continue;
              const weight = (patch + m) * n_out;
              for (let k = 0; k < n_out; k++) z[out + k] += x * W[weight + k];
            }
          }
        }
      }
    }
    return { data: z, shape: [high, wide, n_out] };
  },

  maxpool: (layer, input) => pool(layer.size, input, -Infinity, Math.max, (value) => value),

  avgpool(layer, input) {
    const size = layer.size ?? input.shape[0];
    return pool(size, input, 0, (a, b) => a + b, (value) => value / size ** 2);
  },

  scale(layer, { data, shape }) {
    const { gain, shift } = layer;
    const channels = gain.length;
    return { data: data.map((x, i) => x * gain[i % channels] + shift[i % channels]), shape };
  },

  relu: (layer, input) => each(input, (z) => (z > 0 ? z : layer.slope * z)),
  sigmoid: (layer, input) => each(input, (z) => 1 / (1 + Math.exp(-z))),
  tanh: (layer, input) => each(input, Math.tanh),
  reshape: (layer, { data }) => ({ data, shape: layer.shape ?? [data.length] }),
};

function each({ data, shape }, change) {
  return { data: data.map(change), shape };
}

/** Take `size` x `size` pixels together, channel by channel; a rest at the edge is left out. */
function pool(size, { data, shape }, start, join, finish) {
  const [height, width, channels] = shape;
  const [high, wide] = [Math.floor(height / size), Math.floor(width / size)];
  const y = new Float64Array(high * wide * channels).fill(start);
  for (let r = 0; r < high * size; r++) {
    for (let c = 0; c < wide * size; c++) {
      const out = (Math.floor(r / size) * wide + Math.floor(c / size)) * channels;
      const pixel = (r * width + c) * channels;
      for (let k = 0; k < channels; k++) y[out + k] = join(y[out + k], data[pixel + k]);
    }
  }
  return { data: y.map(finish), shape: [high, wide, channels] };
}

/** The scores of one example: x holds its numbers, shape is the network's input shape. */
function scores(network, x) {
  let step = { data: Float64Array.from(x), shape: network.input };
  for (const layer of network.layers) step = STEPS[layer.kind](layer, step);
  return step.data;
}

/** Probabilities from scores; the largest score is taken off first, so exp cannot overflow. */
function softmax(z) {
  const largest = Math.max(...z);
  const e = Array.from(z, (value) => Math.exp(value - largest));
  const total = e.reduce((a, b) => a + b, 0);
  return e.map((value) => value / total);
}

/** The ten probabilities of one example. */
function probabilities(network, x) {
  const p = softmax(scores(network, x));
  if (!p.every(Number.isFinite)) throw new Error("This network's scores are not finite numbers.");
  return p;
}
