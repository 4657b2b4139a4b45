import { fixed, words } from '../../typed/form';

/** "everyone" */
export const typedEveryone = fixed({ kind: 'everyone' }, words('everyone', 'all contacts'));
