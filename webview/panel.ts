import { connect } from './connection.ts';
import { LogView } from './elements/logView.ts';
import { LogModel } from './model/logModel.ts';
import { loadStrings } from './strings.ts';
import './panel.css';

const { channel, savedState, saveState } = connect();
loadStrings(document.body.dataset.strings);

const view = document.querySelector('tollgate-log');
if (view instanceof LogView) {
  view.model = new LogModel({ channel, savedState, saveState });
  void view.model.start();
}
