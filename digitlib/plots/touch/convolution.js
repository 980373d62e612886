// A window of 3 x 3 pixels over a digit: nine products, one sum, one pixel of the answer.

start("convolution", (root, {pixels, kernel, kernels}) => {
  const SIDE = 28, SIZE = kernel.length, LAST = SIDE - SIZE, CELL = 12;
  const X = Array.from({length: SIDE}, (_, y) => pixels.slice(SIDE * y, SIDE * (y + 1)).map((ink) => ink / 255));
  const state = {K: structuredClone(kernel), row: 9, column: 12};
  let answer = convolve(X, state.K);

  const panels = make(root, "div", {class: "panels"});
  const left = panel(panels, "The digit: drag the window", SIDE * CELL, SIDE * CELL, "a digit of 28 x 28 pixels");
  const right = panel(panels, "The answer, 26 × 26", SIDE * CELL, SIDE * CELL, "the answer of the convolution");
  for (const svg of [left, right]) svg.classList.add("pixels");
  X.forEach((line, y) => line.forEach((ink, x) => {
    const grey = Math.round(250 - 235 * ink);
    make(left, "rect", {x: x * CELL, y: y * CELL, width: CELL, height: CELL, fill: `rgb(${grey},${grey},${grey})`});
  }));
  const cells = answer.map((line, y) => line.map((_, x) =>
    make(right, "rect", {x: (x + 1) * CELL, y: (y + 1) * CELL, width: CELL, height: CELL})));
  const frame = {fill: "none", stroke: "#e69f00", "stroke-width": 3};
  const lit = make(right, "rect", {...frame, width: CELL, height: CELL});
  const room = make(left, "rect", {width: SIDE * CELL, height: SIDE * CELL, fill: "transparent"});
  const shape = make(left, "rect", {...frame, width: SIZE * CELL, height: SIZE * CELL, tabindex: 0, role: "img"});
  const put = (row, column) => {
    state.row = Math.max(0, Math.min(LAST, row));
    state.column = Math.max(0, Math.min(LAST, column));
    move();
  };
  for (const part of [room, shape]) {
    drag(part, (x, y) => put(Math.round(y / CELL - SIZE / 2), Math.round(x / CELL - SIZE / 2)));
  }
  shape.addEventListener("keydown", (event) => {
    const step = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]}[event.key];
    if (!step) return;
    event.preventDefault();
    put(state.row + step[0], state.column + step[1]);
  });

  const sums = make(root, "div", {class: "panels sums"});
  const tables = ["pixels in the window", "× kernel: write here", "= products"].map((heading) => {
    const box = make(sums, "div");
    make(box, "div", {class: "heading"}, heading);
    return make(box, "table");
  });
  const grids = tables.map((table, which) => state.K.map((line, i) => {
    const row = make(table, "tr");
    return line.map((weight, j) => {
      const name = ["pixel", "weight", "product"][which];
      const cell = make(row, "td", which === 1 ? {} : {"data-name": `${name} ${i} ${j}`});
      if (which !== 1) return cell;
      const input = make(cell, "input", {type: "number", step: 0.25, value: weight, "aria-label": `kernel, row ${i}, column ${j}`});
      input.addEventListener("input", () => { state.K[i][j] = Number(input.value) || 0; work(); });
      return input;
    });
  }));
  const line = make(root, "p", {"aria-live": "polite"});
  const controls = make(root, "div", {class: "controls"});
  const putRow = slider(controls, {label: "row", min: 0, max: LAST, step: 1, value: state.row, decimals: 0}, (row) => put(row, state.column));
  const putColumn = slider(controls, {label: "column", min: 0, max: LAST, step: 1, value: state.column, decimals: 0}, (column) => put(state.row, column));
  const names = Object.keys(kernels);
  for (const name of names) button(controls, name, () => load(kernels[name]));

  function load(values) {
    state.K = structuredClone(values);
    grids[1].forEach((row, i) => row.forEach((input, j) => { input.value = values[i][j]; }));
    work();
  }

  // A changed kernel changes the whole answer; a moved window only what is lit.
  function work() {
    answer = convolve(X, state.K);
    const largest = Math.max(...answer.flat().map(Math.abs)) || 1;
    answer.forEach((row, y) => row.forEach((value, x) => set(cells[y][x], {fill: signedColour(value / largest)})));
    move();
  }

  function move() {
    const {row, column, K} = state, value = answer[row][column];
    set(shape, {x: column * CELL, y: row * CELL, "aria-label": `window at row ${row}, column ${column}; arrow keys move it; answer ${shown(value)}`});
    set(lit, {x: (column + 1) * CELL, y: (row + 1) * CELL});
    K.forEach((weights, i) => weights.forEach((weight, j) => {
      const pixel = X[row + i][column + j];
      grids[0][i][j].textContent = shown(pixel);
      grids[2][i][j].textContent = shown(pixel * weight);
    }));
    putRow(row);
    putColumn(column);
    tell(line, "The nine products add up to ", ["answer", shown(value)],
      ". That is the lit pixel of the answer: red above 0, white at 0, blue below.");
  }
  work();
});
