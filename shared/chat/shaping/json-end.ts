/** Finds the end of an object or array by its brackets, strings aside. Reads each character once. */
export class JsonEnd {
  #depth = 0;
  #inString = false;
  #escaped = false;

  /**
   * Reads one UTF-16 unit, the first bracket included.
   *
   * @returns whether it is the last one of the JSON.
   */
  read(character: string): boolean {
    if (this.#inString) {
      this.#readInString(character);
      return false;
    }
    if (character === '"') this.#inString = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') this.#depth -= 1;
    else return false;
    return this.#depth === 0 && !this.#inString;
  }

  #readInString(character: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (character === '\\') this.#escaped = true;
    else if (character === '"') this.#inString = false;
  }
}
