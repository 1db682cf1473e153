// The exports of an engine, watched: what comes out of one is a trap, and ends the engine. The build writes this into the
// glue of each engine, so that a trap is known by what it is, whatever else a page throws.

let hear = () => {};

/** Has a function called with each trap. */
export const onTrap = listener => (hear = listener);

/** The exports as the glue calls them. */
export const guard = exports =>
  Object.fromEntries(
    Object.entries(exports).map(([name, value]) => [
      name,
      typeof value !== 'function'
        ? value
        : (...values) => {
            try {
              return value(...values);
            } catch (error) {
              hear(error);
              throw error;
            }
          },
    ]),
  );
