// @ts-check
/**
 * The study counts Unicode code points, the browser UTF-16 units: an emoji is one of the first and two of the second.
 * This is the only place that converts between them.
 */

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

/** A text whose places can be named both ways. */
export class Offsets {
  /** @param {string} text Canonical, as the study keeps it. */
  constructor(text) {
    this.text = text;
    /** @type {Uint32Array | null} The unit at which each code point begins; null where both counts are the same. */
    this.begins = PAIR.test(text) ? begins(text) : null;
  }

  /** How many code points the text has. */
  get length() {
    return this.begins ? this.begins.length - 1 : this.text.length;
  }

  /**
   * The unit at which a code point begins.
   * @param {number} point
   */
  units(point) {
    const inside = Math.max(0, Math.min(point, this.length));
    return this.begins ? this.begins[inside] : inside;
  }

  /**
   * The code point that begins at a unit, or that the unit lies inside of.
   * @param {number} unit
   */
  points(unit) {
    const inside = Math.max(0, Math.min(unit, this.text.length));
    if (!this.begins) return inside;
    let low = 0;
    let high = this.begins.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.begins[middle] <= inside) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /**
   * The words between two code points.
   * @param {number} start
   * @param {number} end
   */
  slice(start, end) {
    return this.text.slice(this.units(start), this.units(end));
  }
}

/**
 * @param {string} text
 * @returns {Uint32Array}
 */
function begins(text) {
  const found = new Uint32Array(text.length + 1);
  let count = 0;
  for (let unit = 0; unit < text.length; count += 1) {
    found[count] = unit;
    unit += /** @type {number} */ (text.codePointAt(unit)) > 0xffff ? 2 : 1;
  }
  found[count] = text.length;
  return found.slice(0, count + 1);
}
