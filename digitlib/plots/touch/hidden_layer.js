// A network of two inputs, two ReLU units and three scores: nudge a weight, switch a unit off, and
// see the values run forward (black) and the blame run back (orange) on the same wires.

start("hidden_layer", (root, {x, params, truth}) => {
  const R = 18, HALF = 42; // half the size of a circle, half the width of a ReLU unit
  const fresh = () => ({params: structuredClone(params), on: params.b1.map(() => true), truth});
  let state = fresh();
  let chosen = {layer: 1, from: 0, to: 0}; // the weight that the slider holds

  const panels = make(root, "div", {class: "panels"});
  const svg = panel(panels, "Choose a weight, then nudge it", 400, 300, "the network");
  svg.parentElement.classList.add("wide", "large");
  ["inputs", "hidden units: z, then ReLU", "scores", "P"].forEach((name, n) =>
    make(svg, "text", {class: "small muted", x: [30, 154, 312, 368][n], y: 11}, name));
  const X = [24, 154, 312];
  const column = (count) => Array.from({length: count}, (_, n) => 155 + (n - (count - 1) / 2) * (count === 2 ? 130 : 100));
  const Y = [column(x.length), column(params.b1.length), column(params.b2.length)];

  // The wires first, so that units and numbers lie on top of them.
  const wires = [params.W1, params.W2].flatMap((W, layer) => W.flatMap((row, from) => row.map((_, to) => {
    const ends = [[X[layer] + (layer ? HALF : R), Y[layer][from]], [X[layer + 1] - (layer ? R : HALF), Y[layer + 1][to]]];
    const at = (part) => ends[0].map((first, n) => first + part * (ends[1][n] - first));
    const line = make(svg, "line", {x1: ends[0][0], y1: ends[0][1], x2: ends[1][0], y2: ends[1][1]});
    return {layer, from, to, at, line};
  })));
  for (const wire of wires) {
    const {layer, from, to, at} = wire;
    const [left, top] = at(layer ? (from ? 0.72 : 0.58) : from === to ? 0.5 : 0.26);
    wire.group = make(svg, "g", {transform: `translate(${left} ${top})`});
    wire.back = make(wire.group, "rect", {x: -17, y: -9, width: 34, height: 18, rx: 4});
    wire.number = make(wire.group, "text", {y: 4, "data-name": `w ${layer} ${from} ${to}`});
    const name = layer ? `weight from hidden unit ${from} to score ${to}` : `weight from input ${from} to hidden unit ${to}`;
    wire.name = name;
    wire.say = handle(wire.group, {label: name, min: -3, max: 3, step: 0.1}, () => weight(wire), (value) => { choose(wire); nudge(value); });
    wire.group.addEventListener("focus", () => choose(wire));
    wire.group.addEventListener("pointerdown", () => { wire.group.focus(); choose(wire); });
    const [x0, y0] = at(0.25);
    wire.paper = make(svg, "rect", {x: x0 - 19, y: y0 - 6, width: 38, height: 12, fill: "var(--paper)"});
    wire.arrives = make(svg, "text", {class: "small blame", x: x0, y: y0 + 3});
  }

  // A unit: its shape, and texts by name at places relative to its middle.
  function unit(layer, n, half, texts) {
    const group = make(svg, "g", {transform: `translate(${X[layer]} ${Y[layer][n]})`});
    const shape = make(group, "rect", {x: -half, y: -R, width: 2 * half, height: 2 * R, rx: R, "stroke-width": 1.4, stroke: "var(--ink)", fill: "var(--paper)"});
    const found = {shape, group};
    for (const [name, x, y, kind] of texts) {
      found[name] = make(group, "text", {x, y, class: kind, "data-name": `${name} ${n}`});
    }
    return found;
  }
  x.forEach((value, n) => { unit(0, n, R, [["x", 0, 4, ""]]).x.textContent = shown(value, 1); });
  const hidden = params.b1.map((_, n) => {
    const found = unit(1, n, HALF, [["z1", -20, 4, ""], ["a1", 23, 4, ""], ["dz1", -25, 31, "small blame"], ["da1", 24, 31, "small blame"]]);
    make(found.group, "path", {d: "M -3 5 h 5 l 4 -8", fill: "none", stroke: "var(--muted)", "stroke-width": 2});
    return found;
  });
  const outputs = params.b2.map((_, n) => unit(2, n, R + 3, [["z2", 0, 4, ""], ["p", 56, -2, ""], ["dz2", 56, 15, "blame"]]));

  const {line, controls} = aside(panels);
  const sum = make(line.parentElement, "p", {class: "blame"});
  line.after(sum);
  const put = slider(controls, {label: "", min: -3, max: 3, step: 0.1, value: 0, decimals: 1}, nudge);
  const switches = params.b1.map((_, n) => {
    const label = make(controls, "label");
    const box = make(label, "input", {type: "checkbox"});
    label.append(` unit ${n} switched off`);
    box.addEventListener("change", () => { state.on[n] = !box.checked; draw(); });
    return box;
  });
  const putTruth = choice(controls, "true class", params.b2.map((_, k) => String(k)), truth, (k) => { state.truth = k; draw(); });
  button(controls, "start again", () => {
    state = fresh();
    switches.forEach((box) => { box.checked = false; });
    putTruth(truth);
    draw();
  });

  function matrix({layer}) { return layer ? state.params.W2 : state.params.W1; }
  function weight(wire) { return matrix(wire)[wire.from][wire.to]; }
  function choose({layer, from, to}) { chosen = {layer, from, to}; draw(); }
  function nudge(value) { matrix(chosen)[chosen.from][chosen.to] = value; draw(); }

  // The slope as one would measure it: the loss a little to either side of the chosen weight.
  function measured() {
    const h = 1e-4, W = matrix(chosen), kept = W[chosen.from][chosen.to];
    const loss = (value) => {
      W[chosen.from][chosen.to] = value;
      return hiddenLayer(x, state.params, state.truth, state.on).loss;
    };
    const slope = (loss(kept + h) - loss(kept - h)) / (2 * h);
    W[chosen.from][chosen.to] = kept;
    return slope;
  }

  function draw() {
    const pass = hiddenLayer(x, state.params, state.truth, state.on);
    const values = [x, pass.a1], blames = [pass.dz1, pass.dz2];
    for (const wire of wires) {
      const {layer, from, to} = wire;
      const thick = layer === chosen.layer && from === chosen.from, selected = thick && to === chosen.to;
      const silent = values[layer][from] === 0;
      set(wire.line, {stroke: thick ? "var(--ink)" : "var(--line)", "stroke-width": thick ? 2.5 : 1.2, "stroke-dasharray": silent ? "4 4" : "none"});
      set(wire.back, {fill: selected ? "var(--pale)" : "var(--paper)", stroke: selected ? "var(--blue)" : "none", "stroke-width": 2});
      wire.number.textContent = shown(weight(wire), 1);
      wire.say();
      // What comes back over each thick wire, where there is room for it.
      const arriving = thick && layer === 1 ? `◂ ${shown(weight(wire) * blames[layer][to])}` : "";
      wire.arrives.textContent = arriving;
      set(wire.paper, {visibility: arriving ? "visible" : "hidden"});
    }
    hidden.forEach((found, n) => {
      set(found.shape, {fill: pass.a1[n] > 0 ? "var(--paper)" : "var(--pale)"});
      for (const name of ["z1", "a1"]) found[name].textContent = shown(pass[name][n]);
      for (const name of ["dz1", "da1"]) found[name].textContent = `◂ ${shown(pass[name][n])}`;
    });
    outputs.forEach((found, n) => {
      found.z2.textContent = shown(pass.z2[n]);
      found.p.textContent = shown(pass.p[n]);
      found.dz2.textContent = `◂ ${shown(pass.dz2[n])}`;
      set(found.shape, {"stroke-width": n === state.truth ? 3 : 1.4});
    });
    const wire = wires.find((w) => w.layer === chosen.layer && w.from === chosen.from && w.to === chosen.to);
    const slope = [pass.dW1, pass.dW2][chosen.layer][chosen.from][chosen.to];
    put(weight(wire), wire.name);
    tell(line, "Loss ", ["loss", shown(pass.loss, 3)], ". The slope by the chosen weight is value times blame, ",
      `${shown(values[chosen.layer][chosen.from])} × ${shown(blames[chosen.layer][chosen.to])} = `,
      ["slope", shown(slope, 3)], "; measured: ", ["measured", shown(measured(), 3)], ".");
    const source = chosen.layer ? chosen.from : chosen.to;
    const parts = pass.dz2.map((blame, k) => `${shown(state.params.W2[source][k], 1)} × ${shown(blame)}`);
    tell(sum, `Blame of hidden unit ${source}: ${parts.join(" + ")} = `, ["sum", shown(pass.da1[source])],
      pass.a1[source] > 0 ? ", and its ReLU is open, so it passes." : ", but its ReLU is shut, so none of it passes.");
  }
  draw();
});
