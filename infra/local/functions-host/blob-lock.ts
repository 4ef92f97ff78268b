/** A lock across processes by the lease of a blob: how Azure lets a timer run on one instance at a time. */
import type { ContainerClient } from '@azure/storage-blob';
import { statusOf } from './storage-status.ts';

/** A lock in a container, by name. */
export interface BlobLock {
  /** Takes or renews the lock; false when another process has it. */
  hold(): Promise<boolean>;
  /** Gives it back, if held. */
  release(): Promise<void>;
}

/** The service allows leases of 15 to 60 seconds. */
export const LEAST_LEASE_SECONDS = 15;

/** Makes a lock that ends by itself after `leaseSeconds` unless it is held again. */
export function createBlobLock(container: ContainerClient, name: string, leaseSeconds: number): BlobLock {
  const blob = container.getBlockBlobClient(`locks/${name}`);
  const lease = blob.getBlobLeaseClient();
  let held = false;

  async function acquire(): Promise<boolean> {
    try {
      await lease.acquireLease(leaseSeconds);
      return true;
    } catch (error) {
      if (statusOf(error) === 409) return false; // leased by another process
      if (statusOf(error) !== 404) throw error;
    }
    await container.createIfNotExists();
    await blob.upload('', 0, { conditions: { ifNoneMatch: '*' } }).catch((error: unknown) => {
      if (statusOf(error) !== 409 && statusOf(error) !== 412) throw error; // another process was first
    });
    return acquire();
  }

  return {
    async hold() {
      if (held) {
        held = await lease.renewLease().then(
          () => true,
          () => false,
        );
      }
      if (!held) held = await acquire();
      return held;
    },
    async release() {
      if (held) await lease.releaseLease().catch(() => {});
      held = false;
    },
  };
}
