// What does crossfilter2 need for the same choices? Twelve groups of the same rows, read after each choice.
import crossfilter from 'crossfilter2';

globalThis.crossfiltered = (csv, choices, turns) => {
  const [head, ...lines] = csv.trim().split('\n').map(line => line.split(';'));
  const rows = lines.map(cells => Object.fromEntries(head.map((name, idx) => [name, idx > 5 ? Number(cells[idx]) : cells[idx]])));
  const all = crossfilter(rows);
  const sums = [...['region', 'annee', 'axe', 'nature', 'service', 'trimestre', 'annee', 'service'].map(by => [by, 'montant']), ...['region', 'annee', 'axe', 'nature'].map(by => [by, 'dossiers'])];
  const groups = sums.map(([by, of]) => all.dimension(row => row[by]).group().reduceSum(row => row[of]));
  const dimensions = { region: all.dimension(row => row.region), annee: all.dimension(row => row.annee) };
  const chosen = { region: new Set(), annee: new Set() };
  const times = [];
  for (let turn = 0; turn < turns; turn++) {
    for (const choice of choices) {
      const [name, value] = choice.split('=');
      const start = performance.now();
      if (!chosen[name].delete(value)) chosen[name].add(value);
      dimensions[name].filter(chosen[name].size ? cell => chosen[name].has(cell) : null);
      groups.forEach(group => group.all());
      times.push(performance.now() - start);
    }
  }
  return times;
};
