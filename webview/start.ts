import { connect } from './connection.ts';
import { LogModel } from './model/logModel.ts';
import { loadStrings } from './strings.ts';

const { channel, savedState, saveState } = connect();
loadStrings(document.body.dataset.strings);

/** The panel of this page, at work. */
export const model = new LogModel({ channel, savedState, saveState });
void model.start();
