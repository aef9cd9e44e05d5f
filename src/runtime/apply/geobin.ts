// geostats: the cells of a grid over the world that a place lies in, one at each level of zoom.
import { fromValues } from '../multivalue.js';
import { toNumber } from '../number.js';
import { argumentsAs, type ValuesFunction } from './apply.js';

interface Grid {
  /** Height and width of a cell at level 0, in degrees; half of it at each level more. */
  readonly latitude: number;
  readonly longitude: number;
  readonly levels: number;
}

/** The names of the cells of a latitude and a longitude; none for what is no place (Search Reference, geostats). */
export const cellsOfPlace: ValuesFunction = (_run, args) => {
  const grid = argumentsAs<Grid>(args);
  return (latitude = null, longitude = null) => {
    const [north, east] = [toNumber(latitude), toNumber(longitude)];
    if (!(Math.abs(north) <= 90 && Math.abs(east) <= 180)) return null;
    return fromValues(
      Array.from({ length: grid.levels }, (_, level) => {
        const y = cell(north + 90, 180, grid.latitude / 2 ** level);
        const x = cell(east + 180, 360, grid.longitude / 2 ** level);
        return `bin_id_zl_${level}_y_${y}_x_${x}`;
      }),
    );
  };
};

/** The number of the cell at a distance; the far edge belongs to the last one. */
function cell(distance: number, whole: number, size: number): number {
  return Math.min(Math.floor(distance / size), Math.ceil(whole / size) - 1);
}
