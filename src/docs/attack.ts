// The ATT&CK facts that pages show; they are shared with the app and the API.
export * from '../output/attack.js';
