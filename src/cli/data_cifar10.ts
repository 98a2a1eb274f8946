/** `deno task data:cifar10`: fills the cache of images, or says that it is filled and sound. */
import { loadCifar10 } from "../dataset/mod.ts";
import { command, main, userPath } from "./command.ts";

const program = command(
  "data:cifar10",
  "Fetches CIFAR-10 (139 MB, once) into .cache/cifar10 and checks it; training does so by itself.",
)
  .option("--archive <folder>", "read the unpacked official binary archive instead", userPath)
  .action(async ({ archive }: { archive?: string }) => {
    const { train, test } = await loadCifar10(archive);
    console.log(`${train.count} training and ${test.count} test images, checksum verified`);
  });

await main(program);
