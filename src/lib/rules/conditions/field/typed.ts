import { ofField } from '../../typed/comparison';
import { fixed } from '../../typed/form';

/** "Country is any of CH, DE" */
export const typedField = fixed(
	{ kind: 'field' },
	ofField((comparison) => comparison)
);
