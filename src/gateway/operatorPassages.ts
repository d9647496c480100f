import type { Admission } from './access/admission.ts';
import { isRefusal } from './access/examine.ts';
import type { Passages } from './ai/aiDesk.ts';
import type { Caller, Inbound } from './engine.ts';

/** How somebody with the gateway's own token calls: without a subscription, and by everything else that holds for calls. */
export function operatorPassages(passages: Passages, call: Passages['call'], admission: Admission): Passages {
  const enter: Admission['enter'] = (inbound, api, path, ways) => {
    const asked = async (): Promise<void> => {
      const looked = await admission.look(inbound, api, path);
      const admitted = admission.operator(looked, api.name);
      if (isRefusal(admitted)) ways.refuse(looked.inbound, path, admitted);
      else ways.pass(bothHear(inbound, admitted), path);
    };
    asked().catch(ways.broken);
  };
  const { door } = passages;
  return {
    ...passages,
    door: { ...door, parts: { ...door.parts, admission: { ...admission, enter, mayCall: () => true } } },
    call: (inbound, reply, api, path) =>
      enter(inbound, api, path, {
        pass: (admitted) => call(admitted, reply, api, path),
        refuse: (refused, _path, { failure, detail }) => void passages.refuse(refused, reply, api, failure, detail),
        broken: () => undefined,
      }),
  };
}

/** Whoever asked and the budgets both want to know which exchange it became. */
function bothHear({ caller: asked }: Inbound, admitted: Inbound): Inbound {
  const { caller } = admitted;
  if (asked === undefined || caller === undefined || asked === caller) return admitted;
  const begun: Caller['begun'] = (id) => {
    asked.begun(id);
    caller.begun(id);
  };
  return { ...admitted, caller: { ...caller, begun } };
}
