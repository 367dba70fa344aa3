import { removeRunFolder } from './run-folder';

/** After the last test file, whatever came of them. */
export default removeRunFolder;
