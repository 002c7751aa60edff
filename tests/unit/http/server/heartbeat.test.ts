/** The main thread is alive if it replies within a second. Time in which the machine was suspended does not count. */
import { expect, test } from 'vitest';
import { createHeartbeat, pingEveryMs } from '#http/server/heartbeat.ts';

const readiness = { store: 'ok', index: { state: 'ok' } } as const;

/** A front thread whose clock the test moves. */
function aHeartbeat() {
  let nowMs = 0;
  let pings = 0;
  const heartbeat = createHeartbeat(
    () => {
      pings += 1;
    },
    () => nowMs,
  );
  const pass = (ms: number) => {
    for (let passed = 0; passed < ms; passed += pingEveryMs) {
      nowMs += pingEveryMs;
      heartbeat.tick();
    }
  };
  const suspend = (ms: number) => {
    nowMs += ms;
  };
  return { ...heartbeat, pass, suspend, pings: () => pings };
}

test('a main thread that replies to each ping is alive and gets the next ping', () => {
  const heartbeat = aHeartbeat();
  for (let count = 0; count < 100; count++) {
    heartbeat.pass(pingEveryMs);
    heartbeat.pong(readiness);
  }
  expect(heartbeat.pings()).toBe(100);
  expect([heartbeat.isAlive(), heartbeat.silentTicks(), heartbeat.readiness()]).toEqual([true, 0, readiness]);
});

test('a main thread without a pong for over a second is dead until the pong comes', () => {
  const heartbeat = aHeartbeat();
  heartbeat.pass(pingEveryMs);
  heartbeat.pass(1000);
  expect(heartbeat.isAlive()).toBe(true);
  heartbeat.pass(pingEveryMs);
  expect(heartbeat.isAlive()).toBe(false);
  heartbeat.pass(60_000);
  expect([heartbeat.isAlive(), heartbeat.pings()]).toEqual([false, 1]);
  expect(heartbeat.silentTicks()).toBe(61_250 / pingEveryMs);
  heartbeat.pong(readiness);
  expect([heartbeat.isAlive(), heartbeat.silentTicks()]).toEqual([true, 0]);
});

test('time in which the process was suspended does not count', () => {
  const heartbeat = aHeartbeat();
  heartbeat.pass(pingEveryMs);
  heartbeat.suspend(3_600_000);
  heartbeat.pass(pingEveryMs);
  expect([heartbeat.isAlive(), heartbeat.silentTicks()]).toEqual([true, 1]);
});
