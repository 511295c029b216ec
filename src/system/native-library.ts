import koffi, { type LibraryHandle } from 'koffi';

/** ONNX Runtime's recursion outgrows koffi's default stacks while it compiles shaders and builds sessions. */
const stackSize = 8 << 20;

/** koffi closes a library when its handle is collected, and functions that were taken from a table by address keep no
 * handle: without these, the library goes while it runs. */
const handles = new Map<string | null, LibraryHandle>();

/** Loads a library for as long as the thread runs. All loading goes through here, since koffi takes settings only until
 * its first library. @param file null for the process's own symbols */
export function loadLibrary(file: string | null): LibraryHandle {
  growStacks();
  const library = handles.get(file) ?? koffi.load(file);
  handles.set(file, library);
  return library;
}

/** Another thread may have set them already. */
function growStacks(): void {
  const { sync_stack_size: sync = 0, async_stack_size: async = 0 } = koffi.config();
  if (sync >= stackSize && async >= stackSize) return;
  koffi.config({ sync_stack_size: stackSize, async_stack_size: stackSize });
}
