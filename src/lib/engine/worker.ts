import { createApi } from './api';
import { boot } from './boot';

boot(createApi);
