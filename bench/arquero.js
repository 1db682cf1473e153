// How does Arquero read a CSV with a decimal comma and group it?
import { fromCSV, op } from 'arquero';

export const from = csv => fromCSV(csv, { delimiter: ';', parse: { montant: cell => Number(cell.replace(',', '.')) } });
export const rollup = table => table.groupby('poste').rollup({ total: row => op.sum(row.montant) }).objects().map(({ poste, total }) => [poste, total]);
