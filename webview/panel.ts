// First: it asks for rows, which come while the elements below are still being made.
import { model } from './start.ts';
import { LogView } from './elements/logView.ts';
import './panel.css';

const view = document.querySelector('tollgate-log');
if (view instanceof LogView) view.model = model;
