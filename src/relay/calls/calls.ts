import type { Call } from '$lib/sync/protocol';
import type { Answering } from './asking';
import { doneBlob, getBlob, putBlob } from './blobs';
import { capabilities } from './capabilities';
import { invitations, invite, redeem, revoke } from './invitations';
import { leave, members, putCard, removeMember, setRole } from './members';
import { create, rotate, token } from './workspaces';

/** Every call that is answered as text. */
export const calls: { readonly [C in Exclude<Call, 'takeBlob'>]: Answering<C> } = {
	...{ create, token, rotate },
	...{ invite, redeem, invitations, revoke },
	...{ members, setRole, removeMember, leave, putCard },
	...{ putBlob, getBlob, doneBlob },
	capabilities
};
