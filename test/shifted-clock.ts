/**
 * The suite at another time: CLOCK_SHIFT_MS is added to what `Date` says in tests and in what they load. What is outside of
 * their process keeps the machine's clock: Azurite, and whatever a test starts; so do certificates, which OpenSSL checks.
 */
const shift = Number(process.env['CLOCK_SHIFT_MS'] ?? 0);

if (shift !== 0) {
  const Machine = Date;
  globalThis.Date = new Proxy(Machine, {
    construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [shiftedNow()] : given, made),
    apply: () => new Machine(shiftedNow()).toString(),
    get: (target, name, receiver) => (name === 'now' ? shiftedNow : Reflect.get(target, name, receiver)),
  });

  function shiftedNow(): number {
    return Machine.now() + shift;
  }
}

export {};
